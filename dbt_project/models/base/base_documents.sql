{{ config(unique_key='document_id') }}
{#- The texts stay in the lake: their letters are hashed here, and int_texts_read has those of this build. -#}
{%- set columns -%}
* exclude (text, sapo, captions, filename, file_row_number),
    md5({{ letters_and_digits('text') }}) as text_hash,
    md5({{ letters_and_digits('title') }}) as title_hash
{%- endset -%}
{{ rows_of_stale_units('documents', newest_first='fetched_at', columns=columns) }}
