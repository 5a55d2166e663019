package diagnosis

import (
	"errors"

	"github.com/mailgrant/mailgrant/keychain"
)

// fromKeychain reads what a secret store is short of.
func fromKeychain(err error) []finding {
	switch {
	case errors.Is(err, keychain.ErrUnavailable):
		return certain(KeyringServiceMissing)
	case errors.Is(err, keychain.ErrLocked):
		return certain(KeyringLocked)
	case errors.Is(err, keychain.ErrTimeout):
		return likely(KeyringLocked)
	case errors.Is(err, keychain.ErrTooLarge):
		return certain(KeyringEntryTooLarge)
	case errors.Is(err, keychain.ErrFull):
		return certain(KeyringFull)
	case errors.Is(err, keychain.ErrNotFound):
		return likely(ConfigEntryMissing)
	}
	return nil
}
