{{ landed_rows('shortcomings', 'statement_id') }}
