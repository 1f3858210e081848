{{ not_refused('events', 'event_id') }}
