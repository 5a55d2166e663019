package diagnosis

import (
	"cmp"
	"slices"
)

// aadstsCode is one of Entra's error numbers.
type aadstsCode struct {
	number  int
	cause   Cause // empty when no cause follows from the number alone
	meaning string
}

// AADSTS looks up one of Entra's error numbers, without the letters: 7000215. The cause is empty
// for a number that is known but fits no cause; meaning is half a sentence for a person.
func AADSTS(number int) (cause Cause, meaning string, known bool) {
	at, known := slices.BinarySearchFunc(aadstsCodes, number, func(code aadstsCode, number int) int {
		return cmp.Compare(code.number, number)
	})
	if !known {
		return "", "", false
	}
	return aadstsCodes[at].cause, aadstsCodes[at].meaning, true
}

// neighboursOf are the other causes that a number is met with; nil where it decides alone.
func neighboursOf(number int) []Cause {
	for _, row := range aadstsNeighbours {
		if row.number == number {
			return row.causes
		}
	}
	return nil
}

var aadstsNeighbours = []struct {
	number int
	causes []Cause
}{
	{50012, []Cause{SecretWrongOrTruncated, ClockSkew}},
	{50020, []Cause{PersonalAccountsNotAllowed, UserNotFound}},
	{50034, []Cause{AccountNotInTenant}},
	{50053, []Cause{WrongCredentials}},
	{51004, []Cause{UserNotFound}},
	{53000, []Cause{ConditionalAccessBlocked}},
	{650056, []Cause{AppNotInTenant}},
	{70000, []Cause{TokenRevokedPasswordChange, RequestMalformed}},
	{70001, []Cause{AppNotInTenant}},
	{70002, []Cause{ClientCertificateInvalid, RefreshTokenExpired}},
	{70011, []Cause{ScopeNeedsDefault}},
	{70018, []Cause{DeviceCodeExpired}},
	{700024, []Cause{ClockSkew}},
	{500133, []Cause{ClockSkew}},
	{7000014, []Cause{DeviceCodeExpired}},
	{90002, []Cause{WrongNationalCloud}},
	{9002313, []Cause{RefreshTokenExpired}},
}
