{{ landed_rows('documents', 'document_id', newest_first='fetched_at') }}
