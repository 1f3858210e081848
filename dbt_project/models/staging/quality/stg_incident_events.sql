select events.* exclude (_file, _row)
from {{ source('quality', 'incident_events') }} as events
