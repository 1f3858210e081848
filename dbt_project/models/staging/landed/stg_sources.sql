{{ landed_rows('sources', 'source_key') }}
