{{ landed_rows('initiatives', 'mention_id') }}
