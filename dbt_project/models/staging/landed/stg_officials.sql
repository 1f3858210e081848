{{ landed_rows('officials', 'mention_id') }}
