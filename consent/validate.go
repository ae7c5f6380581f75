package consent

// Validate gives every problem of the Draft at once.
func (d *Draft) Validate() Problems { return nil }
