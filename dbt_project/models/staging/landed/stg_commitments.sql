{{ not_refused('commitments', 'statement_id') }}
