{{ landed_rows('citations', 'mention_id') }}
