{{ not_refused('undecided_cells', 'cell_id') }}
