package consent

// Lifetime is how long something is kept: "session" (until the browser is
// closed) or an ISO 8601 duration such as "P1Y" or "PT17M". Empty means that
// none is stated.
type Lifetime string

// Session is the Lifetime of what goes when the browser is closed.
const Session Lifetime = "session"
