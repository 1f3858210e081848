{{ config(unique_key='document_id') }}
{{ rows_of_stale_units('commitments') }}
