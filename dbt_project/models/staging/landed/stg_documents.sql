{{ not_refused('documents', 'document_id') }}
