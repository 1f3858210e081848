-- Every reading with its evidence, whether or not it may stand for a province.
select * from {{ ref('int_readings') }}
