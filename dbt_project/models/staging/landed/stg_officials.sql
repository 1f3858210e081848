{{ not_refused('officials', 'mention_id') }}
