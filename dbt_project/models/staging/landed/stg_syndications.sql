{{ landed_rows('syndications', 'document_id') }}
