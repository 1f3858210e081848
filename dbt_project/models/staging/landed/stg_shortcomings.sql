{{ not_refused('shortcomings', 'statement_id') }}
