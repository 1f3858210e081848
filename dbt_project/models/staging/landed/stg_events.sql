{{ landed_rows('events', 'event_id') }}
