{{ config(materialized='view') }}
-- Every day from the first directive on grassroots democracy to 2036: what metrics are laid out on.
select cast(unnest(range(date '1998-01-01', date '2037-01-01', interval 1 day)) as date) as date_day
