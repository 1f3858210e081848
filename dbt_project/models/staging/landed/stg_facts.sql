{{ landed_rows('facts', 'fact_id') }}
