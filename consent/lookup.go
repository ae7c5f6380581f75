package consent

// Category gives the category of that key, or nil.
func (d *Draft) Category(key CategoryKey) *Category {
	for i := range d.Categories {
		if d.Categories[i].Key == key {
			return &d.Categories[i]
		}
	}
	return nil
}

// Service gives the service of that key, or nil.
func (d *Draft) Service(key ServiceKey) *Service {
	for i := range d.Services {
		if d.Services[i].Key == key {
			return &d.Services[i]
		}
	}
	return nil
}

// servicesByKey gives what Service does for each key, to look up many: none of no Draft.
func (d *Draft) servicesByKey() map[ServiceKey]*Service {
	if d == nil {
		return nil
	}
	all := make(map[ServiceKey]*Service, len(d.Services))
	for i := range d.Services {
		s := &d.Services[i]
		if _, taken := all[s.Key]; !taken {
			all[s.Key] = s
		}
	}
	return all
}

// CategoryIn gives the category of a cookie of s: its own, else the service's.
func (c *Cookie) CategoryIn(s *Service) CategoryKey {
	if c.Category != "" {
		return c.Category
	}
	return s.Category
}

// Gone says that nothing is to set the cookie any more.
func (c *Cookie) Gone() bool { return c.Status == StatusObsolete || c.Status == StatusResidual }
