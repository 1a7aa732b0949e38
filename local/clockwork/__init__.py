"""What AWS does by itself, done here: polls queues, reads streams, keeps schedules, ships logs, watches alarms."""
