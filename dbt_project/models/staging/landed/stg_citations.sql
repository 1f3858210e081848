{{ not_refused('citations', 'mention_id') }}
