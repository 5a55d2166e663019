package diagnosis

// numberSigns are the numbers by which systems and libraries tell a failure that they do not put into
// words. Long ones are nobody else's, and Windows shows them with a sign in decimals as well.
// Sources: learn.microsoft.com/windows/win32, the pages of SSPI status codes (8009...), COM error codes
// of certificates (800b...), WinHTTP errors (12002 and on; 80072e.. and 80072f.. are the same), Windows
// Sockets errors (10013 and on; 800727.. and 80072a..) and CDO for Windows 2000 (800402..); and Outlook's
// list of mail transport errors (800ccc.., 800421..).
var numberSigns = []sign{
	{
		when:   "80090322|#2146893022|800b010f|#2146762481|80072f06|#2147012858",
		causes: []Cause{ServerCertificateNameMismatch},
	},
	{
		when:   "80090328|#2146893016|80072f05|#2147012859",
		causes: []Cause{ServerCertificateExpired, ClockSkew},
	},
	{
		when: "80090325|#2146893019|80090327|#2146893017|800b0109|#2146762487|800b010a|#2146762486|80072f0d|" +
			"#2147012851",
		causes: []Cause{TLSInterception, ServerCertificateUntrusted, CABundleOutdated},
	},
	{
		when:   "80092012|#2146885614|80092013|#2146885613|80072f19|#2147012839",
		causes: []Cause{TLSInterception, NetworkBlocked, CABundleOutdated},
	},
	{
		when:   "80090331|#2146893007|80090302|#2146893054|80072f7d|#2147012739|80072f8f|#2147012721",
		causes: []Cause{TLSVersionUnsupported, TLSInterception},
	},
	{
		when:   "80090308|#2146893048|80090326|#2146893018",
		causes: []Cause{SMTPTLSModeMismatch, TLSVersionUnsupported, ServerProtocolError},
	},
	{when: "800b0101|#2146762495", causes: []Cause{ClockSkew, ServerCertificateExpired}},
	{when: "80090324|#2146893020", causes: []Cause{ClockSkew}},
	{when: "80072ee7|#2147012889|80072af9|#2147013895|caa82ee7", causes: []Cause{DNSFailure}},
	{when: "80072ee2|#2147012894|8007274c|#2147014836|caa82ee2", causes: []Cause{ServerTimeout, NetworkBlocked}},
	{
		when: "80072efd|#2147012867|80072efe|#2147012866|8007274d|#2147014835|80072746|#2147014842|80072751|" +
			"#2147014831|caa82efd|caa70004|caa70007|caa30194",
		causes: []Cause{NetworkBlocked, ProxyMisconfigured},
	},
	{when: "800ccc19|8004210a", causes: []Cause{ServerTimeout, NetworkBlocked}},
	{when: "800ccc18", causes: []Cause{WrongCredentials, SMTPAuthMechanismUnsupported}},
	{when: "800ccc67", causes: []Cause{ServiceUnavailable}},
	{when: "800ccc78", causes: []Cause{SendAsDenied, SMTPClientNotAuthenticated}},
	{when: "800ccc79", causes: []Cause{SMTPClientNotAuthenticated, SendAsDenied}},
	{when: "800ccc80|800ccc81", causes: []Cause{SMTPAuthMechanismUnsupported}},
	{when: "800ccc91|800ccc92|800cccd1", causes: []Cause{WrongCredentials, BasicAuthBlocked}},
	{when: "80040213|#2147220973", causes: []Cause{NetworkBlocked, SMTPTLSModeMismatch}},
	{when: "80040217|#2147220969", causes: []Cause{BasicAuthBlocked, WrongCredentials, SMTPAuthDisabledTenant}},
	{when: "80040220|#2147220960", causes: []Cause{ConfigEntryMissing}},
	{when: "800706f7|#2147023113", causes: []Cause{KeyringEntryTooLarge}},
}

// shortNumberSigns are numbers that others count by as well, beside words of those who count so.
// Sources: curl.se/libcurl/c/libcurl-errors.html; developer.apple.com/documentation/security, the result
// codes of Secure Transport (-98..), and foundation's NSURLError codes
// (-10.., -12..); docs.openssl.org, X509_STORE_CTX_get_error.
var shortNumberSigns = []sign{
	{
		when:   "curl: (97)|curl error 97|curl: (5)|curl error 5:; winhttp|wininet & #12180|#12166|#12167|#12178",
		causes: []Cause{ProxyMisconfigured},
	},
	{when: "curl: (77)|curl error 77", causes: []Cause{CABundleOutdated}},
	{
		when:   "curl: (60)|curl error 60|curl: (83)|curl error 83",
		unless: "expired|name|host",
		causes: []Cause{CABundleOutdated, TLSInterception, ServerCertificateUntrusted},
	},
	{when: "curl: (51)|curl error 51", causes: []Cause{ServerCertificateNameMismatch, ServerCertificateUntrusted}},
	{when: "curl: (58)|curl error 58", causes: []Cause{ClientCertificateInvalid}},
	{when: "curl: (59)|curl error 59", causes: []Cause{TLSVersionUnsupported}},
	{when: "curl: (64)|curl error 64", causes: []Cause{STARTTLSNotOffered, SMTPTLSModeMismatch}},
	{when: "curl: (67)|curl error 67", causes: []Cause{BasicAuthBlocked, WrongCredentials}},
	{when: "curl: (6)|curl error 6:|#11001|#11002|#11004; winhttp|wininet & #12007", causes: []Cause{DNSFailure}},
	{when: "winhttp|wininet & #12002", causes: []Cause{ServerTimeout, NetworkBlocked}},
	{
		when:   "winhttp|wininet & #12029|#12030|#12031; #10051|#10053|#10054|#10060|#10061|#10065",
		causes: []Cause{NetworkBlocked, ServerTimeout},
	},
	{when: "winhttp|wininet & #12157|#12175", causes: []Cause{TLSVersionUnsupported, TLSInterception}},
	{when: "winhttp|wininet & #12037", causes: []Cause{ServerCertificateExpired, ClockSkew}},
	{when: "winhttp|wininet & #12038", causes: []Cause{ServerCertificateNameMismatch}},
	{when: "winhttp|wininet & #12045", causes: []Cause{TLSInterception, ServerCertificateUntrusted}},

	{
		when:   "cfstream|errssl|secure transport|osstatus|cfnetwork & -9807|-9808|-9812|-9813",
		causes: []Cause{ServerCertificateUntrusted, TLSInterception},
	},
	{
		when:   "cfstream|errssl|secure transport|osstatus|cfnetwork & -9814",
		causes: []Cause{ServerCertificateExpired, ClockSkew},
	},
	{
		when:   "cfstream|errssl|secure transport|osstatus|cfnetwork & -9815",
		causes: []Cause{ClockSkew, ServerCertificateExpired},
	},
	{
		when:   "cfstream|errssl|secure transport|osstatus|cfnetwork & -9843",
		causes: []Cause{ServerCertificateNameMismatch},
	},
	{
		when:   "cfstream|errssl|secure transport|osstatus|cfnetwork & -9801|-9824|-9836",
		causes: []Cause{TLSVersionUnsupported},
	},
	{
		when:   "cfstream|errssl|secure transport|osstatus|cfnetwork & -9800",
		causes: []Cause{SMTPTLSModeMismatch, TLSVersionUnsupported},
	},

	{when: "nsurlerror|cfnetwork & -1201", causes: []Cause{ServerCertificateExpired, ClockSkew}},
	{when: "nsurlerror|cfnetwork & -1202|-1203", causes: []Cause{ServerCertificateUntrusted, TLSInterception}},
	{when: "nsurlerror|cfnetwork & -1204", causes: []Cause{ClockSkew}},
	{when: "nsurlerror|cfnetwork & -1205|-1206", causes: []Cause{ClientCertificateInvalid}},
	{when: "nsurlerror|cfnetwork & -1200", causes: []Cause{TLSVersionUnsupported, TLSInterception}},
	{when: "nsurlerror|cfnetwork & -1003|-1006", causes: []Cause{DNSFailure}},
	{when: "nsurlerror|cfnetwork & -1001", causes: []Cause{ServerTimeout, NetworkBlocked}},
	{when: "nsurlerror|cfnetwork & -1004|-1005|-1009", causes: []Cause{NetworkBlocked}},

	{when: "verify error:num=9:|verify return code: 9 (", causes: []Cause{ClockSkew}},
	{when: "verify error:num=10|verify return code: 10", causes: []Cause{ServerCertificateExpired, ClockSkew}},
	{when: "verify error:num=18|verify return code: 18", causes: []Cause{ServerCertificateUntrusted, TLSInterception}},
	{
		when:   "verify error:num=19|verify return code: 19",
		causes: []Cause{TLSInterception, ServerCertificateUntrusted, CABundleOutdated},
	},
	{
		when:   "verify error:num=20|verify error:num=21|verify return code: 20|verify return code: 21",
		causes: []Cause{CABundleOutdated, TLSInterception},
	},
	{when: "verify error:num=62|verify return code: 62", causes: []Cause{ServerCertificateNameMismatch}},
}
