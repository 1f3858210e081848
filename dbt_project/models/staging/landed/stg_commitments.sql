{{ landed_rows('commitments', 'statement_id') }}
