package diagnosis

import (
	"context"
	"fmt"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

func TestTroubleWithTheSecretStore(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"no service":       {keychain.ErrUnavailable, "certain keyring-service-missing"},
		"locked":           {keychain.ErrLocked, "certain keyring-locked"},
		"no answer":        {keychain.ErrTimeout, "likely keyring-locked"},
		"entry too large":  {keychain.ErrTooLarge, "certain keyring-entry-too-large"},
		"full":             {keychain.ErrFull, "certain keyring-full"},
		"no such entry":    {keychain.ErrNotFound, "likely config-entry-missing"},
		"wrong passphrase": {keychain.ErrPassphrase, "possible "},
		"stopped":          {context.Canceled, "possible "},
		"out of time":      {context.DeadlineExceeded, "likely server-timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Diagnose(Symptom{Layer: providers.LayerLocal, Protocol: "keychain", Err: fmt.Errorf("keeping the secret: %w", test.err)}, Evidence{})
			expectRanking(t, got, test.want)
			if test.err != context.DeadlineExceeded && got[0].Layer != providers.LayerLocal {
				t.Errorf("layer %s", got[0].Layer)
			}
		})
	}
}
