package providers

import "fmt"

// Unsupported says that a sign-in service has no such way of signing in at all, whatever is
// configured. Nothing was asked of the network.
type Unsupported struct {
	Service string // "Google"
	Way     string // "device code for mail"
	Instead string // what to do in its place
}

func (e *Unsupported) Error() string {
	return fmt.Sprintf("%s has no %s: %s", e.Service, e.Way, e.Instead)
}
