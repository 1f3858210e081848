{{ landed_rows('parse_issues', 'issue_id') }}
