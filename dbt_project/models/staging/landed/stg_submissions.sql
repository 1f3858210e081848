{{ not_refused('submissions', 'version_id') }}
