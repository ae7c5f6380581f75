package consent

// ServiceRef names a Service within a Category: "statistics/youtube".
type ServiceRef string

// Choice is what the visitor granted. A Category is true when all of it that
// the banner asks for is granted. Services holds what was decided service by
// service: what is granted of a category that is not, and services asked for in
// place.
type Choice struct {
	Categories map[CategoryKey]bool `json:"categories"`
	Services   map[ServiceRef]bool  `json:"services,omitempty"`
}
