{{ config(unique_key='issue_id') }}
{{ rows_of_stale_units('parse_issues') }}
