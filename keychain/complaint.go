package keychain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"unicode"

	"github.com/zalando/go-keyring"
)

// explain turns what the operating system's keychain complained about into one of this
// package's errors. secret is what was being kept; it must not stand in the error.
func (o *OS) explain(verb string, err error, secret string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, ErrTimeout):
		return fmt.Errorf("cannot %s the %s: %w within %s: answer its prompt if one is open, or unlock it first",
			verb, o.Describe(), ErrTimeout, o.options.Timeout)
	case errors.Is(err, ErrUnavailable):
		return fmt.Errorf("cannot %s the %s: %w; sign in to a desktop session, or choose the encrypted file instead", verb, o.Describe(), err)
	}
	reason := o.recognise(err)
	detail := printable(err.Error())
	if secret != "" && strings.Contains(detail, secret) {
		detail = "its message is withheld because it repeats the secret"
	}
	if reason == nil {
		return fmt.Errorf("cannot %s the %s: %s", verb, o.Describe(), detail)
	}
	return fmt.Errorf("cannot %s the %s: %w (%s)", verb, o.Describe(), reason, detail)
}

// recognise names the reason of a complaint, or nil. Only three errors of the library are
// typed; the rest are numbers of the system or texts of D-Bus.
func (o *OS) recognise(err error) error {
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return ErrTooLarge
	case errors.Is(err, keyring.ErrUnsupportedPlatform):
		return ErrUnavailable
	}
	switch o.system {
	case "windows":
		return recogniseWindows(err)
	case "darwin":
		return recogniseMacOS(err)
	}
	return recogniseSecretService(err.Error())
}

// recogniseWindows knows the system error codes that CredWrite and CredRead give
// (https://learn.microsoft.com/windows/win32/debug/system-error-codes).
func recogniseWindows(err error) error {
	var number syscall.Errno
	if !errors.As(err, &number) {
		return nil
	}
	switch number {
	case 1168: // ERROR_NOT_FOUND
		return ErrNotFound
	case 1312: // ERROR_NO_SUCH_LOGON_SESSION: SSH with a key, services
		return ErrUnavailable
	case 8, 14, 112, 1816: // ERROR_NOT_ENOUGH_MEMORY, ERROR_OUTOFMEMORY, ERROR_DISK_FULL, ERROR_NOT_ENOUGH_QUOTA
		return ErrFull
	case 1783: // RPC_X_BAD_STUB_DATA: how CredWrite refuses a blob that is too large
		return ErrTooLarge
	}
	return nil
}

// recogniseMacOS knows the exit codes of /usr/bin/security, which are the low eight bits of the
// Security framework's status (SecBase.h).
func recogniseMacOS(err error) error {
	var exit interface{ ExitCode() int }
	if !errors.As(err, &exit) {
		if strings.Contains(err.Error(), "no such file") {
			return ErrUnavailable
		}
		return nil
	}
	switch exit.ExitCode() {
	case 36, 51, 128: // errSecInteractionNotAllowed -25308, errSecAuthFailed -25293, errSecUserCanceled -128
		return ErrLocked
	case 37, 50: // errSecNoDefaultKeychain -25307, errSecNoSuchKeychain -25294
		return ErrUnavailable
	case 44: // errSecItemNotFound -25300
		return ErrNotFound
	case 222: // errSecDiskFull -34
		return ErrFull
	}
	return nil
}

// recogniseSecretService reads the texts of D-Bus, of the Secret Service API
// (https://specifications.freedesktop.org/secret-service) and of the library between.
func recogniseSecretService(text string) error {
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
	}
	switch {
	case has("failed to unlock", "IsLocked", "is locked", "rompt was dismissed", "Cannot create an item in a locked"):
		return ErrLocked
	case has("no space left", "quota exceeded"):
		return ErrFull
	case has("dbus-launch", "session bus", "was not provided by any .service files", "ServiceUnknown", "NameHasNoOwner",
		"DBus.Error.Spawn", "DBus.Error.NoServer", "DBus.Error.NoReply", "DBus.Error.Disconnected", "DBus.Error.AccessDenied",
		"dial unix", "connection refused", "no such file or directory", "connection closed by user", "Object does not exist at path"):
		return ErrUnavailable
	}
	return nil
}

// printable keeps a message of the system in one line without control characters.
func printable(text string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, text)), " ")
}
