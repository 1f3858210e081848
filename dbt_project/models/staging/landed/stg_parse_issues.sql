{{ not_refused('parse_issues', 'issue_id') }}
