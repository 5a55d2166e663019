package product

import (
	"fmt"
	"strings"
)

// maxResolved bounds what one value may grow to when its references are expanded, in bytes.
const maxResolved = 1 << 16

// Resolve returns the value of a key with every ${other.key} in it replaced by that key's
// resolved value. A reference to a key that does not exist, or to itself, is an error. Errors
// name keys that stand left of the equals sign and never a part of a value, which may be a secret.
func (p Properties) Resolve(key string) (string, error) {
	r := resolver{properties: p, open: map[string]bool{}, done: map[string]string{}}
	return r.resolve(key)
}

// resolver remembers what it has expanded: without that, a few lines that each refer twice to the
// next would take longer than anybody waits.
type resolver struct {
	properties Properties
	open       map[string]bool
	done       map[string]string
}

func (r resolver) resolve(key string) (string, error) {
	if resolved, ok := r.done[key]; ok {
		return resolved, nil
	}
	value, ok := r.properties.Get(key)
	switch {
	case !ok:
		return "", fmt.Errorf("the text has no %s", key)
	case r.open[key]:
		return "", fmt.Errorf("%s refers to itself", key)
	}
	r.open[key] = true
	resolved, err := r.expand(key, value)
	delete(r.open, key)
	if err == nil {
		r.done[key] = resolved
	}
	return resolved, err
}

func (r resolver) expand(key, value string) (string, error) {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(value, "${")
		b.WriteString(before)
		name, rest, closed := strings.Cut(after, "}")
		switch {
		case !found:
			return b.String(), nil
		case !closed:
			b.WriteString("${" + after)
			return b.String(), nil
		}
		if _, ok := r.properties.Get(name); !ok {
			return "", fmt.Errorf("%s refers to a key that the text does not have", key)
		}
		resolved, err := r.resolve(name)
		if err != nil {
			return "", err
		}
		if b.WriteString(resolved); b.Len() > maxResolved {
			return "", fmt.Errorf("%s grows beyond %d bytes when its references are expanded", key, maxResolved)
		}
		value = rest
	}
}
