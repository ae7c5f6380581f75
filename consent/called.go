package consent

// Called is what somebody is called: by the address who has no name, or one that passes
// for the program, a key or somebody else, from before such were refused.
func (a *Account) Called() string {
	if a.Name == "" || FaultOfPersonName(a.Name, a.Email) != "" {
		return a.Email
	}
	return a.Name
}

// CalledWithAddress is what somebody is called where a name alone may pass for another's:
// everybody chooses their own, and nobody the address.
func (a *Account) CalledWithAddress() string {
	if name := a.Called(); name != a.Email {
		return name + " (" + a.Email + ")"
	}
	return a.Email
}
