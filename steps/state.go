package steps

import (
	"reflect"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// State is how far a person has come. It is a value: a step returns a new one, and going back
// means holding the previous one.
type State struct {
	Answers   Answers
	Product   *product.Product // nil until one is chosen
	Route     *product.Route   // nil until one is chosen
	Tenant    *providers.Tenant
	Grants    Grants
	Checklist []Line
	Results   []TestResult
	Texts     []TextProof
	Verified  *Verified  // proved by tests
	Confirmed *Confirmed // proved by the product alone, on a person's word
	Saved     *Saved

	secret keychain.Secret
}

// Value is the present answer to a question. A secret's is never given.
func (s State) Value(q Question) string {
	if q.Kind == Hidden {
		return ""
	}
	if given := s.Answers.Get(q.Key); given != "" {
		return given
	}
	return q.Default
}

// Has reports whether a question is answered.
func (s State) Has(q Question) bool {
	if q.Kind == Hidden {
		return !s.secret.IsZero()
	}
	return s.Value(q) != ""
}

// With answers a question. What earlier work found out about the old answer is forgotten;
// sign-ins stay, since each knows what it was made for.
func (s State) With(key Key, value string) State {
	if s.Answers.Get(key) == value {
		return s
	}
	s.Answers = s.Answers.With(key, value)
	switch key {
	case KeyProduct, KeyRoute:
		s.Product, s.Route, s.Tenant = nil, nil, nil
	case KeyTenant:
		s.Tenant = nil
	}
	return s.unproved()
}

// WithSecret keeps the client secret for this run.
func (s State) WithSecret(secret keychain.Secret) State {
	if s.secret.Equal(secret) {
		return s
	}
	s.secret = secret
	return s.unproved()
}

func (s State) unproved() State {
	s.Checklist, s.Results, s.Texts, s.Verified, s.Confirmed, s.Saved = nil, nil, nil, nil, nil, nil
	return s
}

// Keeping is an earlier state with the answers of a later one: going back loses nothing that
// was typed, and keeps no proof of what has been changed since.
func (s State) Keeping(later State) State {
	if !s.secret.Equal(later.secret) || !reflect.DeepEqual(s.Answers, later.Answers) {
		s = s.unproved()
	}
	if s.Answers.Tenant != later.Answers.Tenant {
		s.Tenant = nil
	}
	s.Answers, s.secret, s.Grants = later.Answers, later.secret, later.Grants
	return s
}

// Secret is the client secret of this run, for the rotation that it was typed for.
func (s State) Secret() keychain.Secret { return s.secret }
