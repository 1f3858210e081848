{{ not_refused('facts', 'fact_id') }}
