{{ not_refused('initiatives', 'mention_id') }}
