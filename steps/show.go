package steps

import (
	"context"

	"github.com/mailgrant/mailgrant/keychain"
)

// Shown is what the product needs of a saved connection.
type Shown struct {
	Plan  Plan
	Texts []TextProof
}

// Texts renders a connection's texts. Only with reveal is the secret taken out of its store;
// otherwise a mask stands in its place.
func (r *Road) Texts(ctx context.Context, connection Connection, reveal bool) (Shown, error) {
	plan, err := NewPlan(r.Catalogue, connection.Answers)
	if err != nil {
		return Shown{}, err
	}
	credential := Credential{Secret: keychain.NewSecret("********")}
	if reveal {
		if credential, err = r.savedCredential(ctx, plan, connection); err != nil {
			return Shown{}, err
		}
	}
	rendered, err := texts(plan, credential)
	return Shown{plan, rendered}, err
}
