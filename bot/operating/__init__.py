"""What operators use: the doctor, the audit, the metrics."""
