"""What a day costs the warehouse as its history grows, beside the same SQL in plain DuckDB."""
