package steps

import "github.com/mailgrant/mailgrant/steps/product"

// Way is how the tests of a plan come to their tokens.
type Way string

// The ways.
const (
	AsApp        Way = "app"     // the product signs in as itself, and so do the tests
	ByDeviceCode Way = "device"  // somebody enters a code elsewhere
	InBrowser    Way = "browser" // somebody signs in in a browser that ends at this computer
	ByProduct    Way = "product" // not at all: only the product can show that it works
)

// KeyProof chooses how a sign-in that only the product finishes is proved all the same.
const KeyProof Key = "values." + proofValue

const proofValue = "proof"

// wayOf is the way of a route with the proof that the answers choose for it.
func wayOf(route *product.Route, answers Answers) Way {
	switch route.Flow {
	case product.ClientCredentials:
		return AsApp
	case product.DeviceCode:
		return ByDeviceCode
	case product.AuthCodeLoopback:
		return InBrowser
	}
	if proof := proofOf(route, answers); proof != nil {
		switch proof.ID {
		case product.ProofDevice:
			return ByDeviceCode
		case product.ProofLoopback:
			return InBrowser
		}
	}
	return ByProduct
}

// proofOf is the proof that the answers choose for a route, or its first: a choice that was made
// for another route waits until that is taken again. nil where the route has none.
func proofOf(route *product.Route, answers Answers) *product.Proof {
	if proof, ok := route.Proof(answers.Get(KeyProof)); ok {
		return proof
	}
	first, _ := route.Proof("")
	return first
}

// Way is how the plan's tests come to their tokens.
func (p Plan) Way() Way { return wayOf(p.Route, p.answers) }

// AppOnly reports whether the product signs in as itself.
func (p Plan) AppOnly() bool { return p.Way() == AsApp }

// Delegated reports whether people sign in for the tests.
func (p Plan) Delegated() bool { return p.Way() == ByDeviceCode || p.Way() == InBrowser }

// Proof is how a sign-in that only the product finishes is proved, nil where the product's own
// way can be walked.
func (p Plan) Proof() *product.Proof { return proofOf(p.Route, p.answers) }

// Way is how the tests will come to their tokens; empty until a route is chosen.
func (s State) Way() Way {
	if s.Route == nil {
		return ""
	}
	return wayOf(s.Route, s.Answers)
}

// Instead is the state with the next way to sign in, for when the present one is refused: another
// proof of the same route, or else another route over the same protocols. Every value is kept. ok
// is false when there is none.
func (s State) Instead() (state State, title string, ok bool) {
	if s.Route == nil {
		return s, "", false
	}
	if proof := proofOf(s.Route, s.Answers); proof != nil {
		for _, other := range s.Route.Proofs {
			if other.ID != proof.ID {
				return s.With(KeyProof, other.ID), other.Title, true
			}
		}
		return s, "", false
	}
	for i := range s.Product.Routes {
		other := &s.Product.Routes[i]
		if other.ID == s.Route.ID || other.Provider != s.Route.Provider || other.Transport != s.Route.Transport || other.AppOwner != s.Route.AppOwner || other.Status != "current" {
			continue
		}
		chosen := s.Product
		s = s.With(KeyRoute, other.ID)
		s.Product, s.Route = chosen, other
		return s, other.Title, true
	}
	return s, "", false
}
