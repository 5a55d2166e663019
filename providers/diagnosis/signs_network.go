package diagnosis

// proxySigns are what proxies say, and programs of them.
var proxySigns = []sign{
	{
		when:   "proxyprotocolexception & 403 forbidden",
		causes: []Cause{NetworkBlocked, ProxyMisconfigured},
	},
	{
		when: "windowsproxyusepolicy; httplib2 & proxyinfo & time; proxyurl|system proxy|proxy settings|" +
			"proxy setting & econnreset|ignored|not honoured|not honored|does not reach|bypass",
		unless: "407",
		causes: []Cause{ProxyMisconfigured, NetworkBlocked},
	},
	{
		when:   "credentials for a proxy|credentials for the proxy|authentication proxy issue",
		causes: []Cause{ProxyAuthRequired},
	},
	{
		when:   "success: 407; 407 (authenticationrequired",
		causes: []Cause{ProxyAuthRequired},
	},
	{
		when:   "your proxy appears to only use http",
		causes: []Cause{ProxyMisconfigured, TLSInterception},
	},
	{when: "not supported proxy scheme|proxyschemeunknown", causes: []Cause{ProxyMisconfigured}},
	{
		when: "proxy authentication required|proxyauthentifizierung erforderlich|authentification proxy|" +
			"autenticación del proxy|autenticação de proxy|autenticazione proxy|proxyverificatie|" +
			"uwierzytelnianie serwera proxy|プロキシ認証|代理身份验证|tcp_denied 407|407 proxy|error 407|(407)|http code 407|" +
			"status code '407",
		causes: []Cause{ProxyAuthRequired},
	},
	{when: "#407 & proxy|tunnel|connect", causes: []Cause{ProxyAuthRequired}},
	{
		when: "failed to authenticate with proxy; cache access denied; until you have authenticated yourself; " +
			"legitimierung ist erforderlich am; socks & authentication failed; err_proxy_auth; proxy_auth_unsupported",
		causes: []Cause{ProxyAuthRequired},
	},
	{
		when: "missing dependencies for socks support; proxyconnect tcp: tls: first record; " +
			"through proxy. proxy returns; does not support proxies with the https scheme; " +
			"schemes are allowed for proxies; proxy tunnel request to proxy; unknownhostexception: proxy; " +
			"proxy server is refusing connections; error parsing proxy url; from proxy after connect; " +
			"server through proxy; error connecting to proxy; could not connect to proxy server; " +
			"plain http request was sent to https port; protocol \"https:\" not supported",
		unless: "407",
		causes: []Cause{ProxyMisconfigured, NetworkBlocked},
	},
	{
		when: "cannot connect to proxy|unable to connect to proxy|proxyconnect|err_proxy|proxyerror|" +
			"proxy_connection_failed|could not resolve proxy|socks & fail|error|cannot|unable|refused|timed|err_|" +
			"proxyconnect|not",
		unless: "407|email oauth 2.0 proxy|handshake",
		causes: []Cause{ProxyMisconfigured},
	},
	{
		when: "tunneling socket could not be established|tunnel connection failed|err_tunnel_connection_failed|" +
			"unsupported proxy|invalid proxy",
		unless: "407",
		causes: []Cause{ProxyMisconfigured, ProxyAuthRequired},
	},
	{
		when:   "127.0.0.1:8888|127.0.0.1:3128|127.0.0.1:8866 & econnrefused|refused",
		causes: []Cause{ProxyMisconfigured, NetworkBlocked},
	},
	{when: "http error: 502 & connection reset", causes: []Cause{ProxyMisconfigured}},
	{
		when:   "proxy & unsupported content type|method not allowed",
		unless: "oauth 2.0 proxy",
		causes: []Cause{ProxyMisconfigured},
	},
	{ // Windows' number 10013: a firewall or a virus scanner on this computer
		when:   "forbidden by its access permissions|wsaeacces",
		causes: []Cause{NetworkBlocked},
	},
	{
		when: "behind a proxy|behind proxy|behind corp|behind corporate|corporate proxy|company proxy & could not|" +
			"cannot|offline|fail|error",
		unless: "407|certificate|email oauth 2.0 proxy",
		causes: []Cause{ProxyMisconfigured, NetworkBlocked},
	},
}

// dnsSigns are what resolvers say.
var dnsSigns = []sign{
	{
		when:   "host lookup did not complete; bad address & ping|wget|busybox|nslookup",
		causes: []Cause{DNSFailure},
	},
	{
		when: "failed to resolve domain name; server name cannot be resolved; name of the smtp server is incorrect; " +
			"could not find the host; unable to find the server at; could not resolve name; host name lookup failure; " +
			"ora-12545; name server: ~ lookup failure; no dns; resource temporarily unavailable & socketexception (11)",
		causes: []Cause{DNSFailure},
	},
	{
		when: "resolving timed out|could not contact dns servers; could not be sent because the outgoing server & " +
			"is unknown; getaddrinfo|querya etimeout|queryaaaa etimeout|querymx etimeout|0x800ccc0d|enotfound|" +
			"eai_again|name or service not known|name does not resolve|nodename nor servname|" +
			"temporary failure in name resolution|name resolution|dial tcp: lookup|no such host|" +
			"address cannot be resolved|address could not be resolved|could not resolve host|" +
			"could not resolve hostname|unknownhostexception|unknown host|unknown smtp host|unknown imap host|" +
			"remote name could not be resolved|host not found|no address associated with|gethostbyname|nxdomain|" +
			"servname not supported|err_name_not_resolved|remotename konnte nicht aufgelöst|host ist unbekannt|" +
			"nom distant n'a pas pu être résolu|hôte inconnu|no se puede resolver el nombre remoto|host desconocido|" +
			"nome remoto não pôde ser resolvido|host não é conhecido|impossibile risolvere il nome|host sconosciuto|" +
			"externe naam kan niet worden omgezet|host is onbekend|nie można rozpoznać nazwy|リモート名を解決できません|未能解析此远程名称|" +
			"不知道这样的主机|無法解析遠端名稱",
		unless: "proxy",
		causes: []Cause{DNSFailure},
	},
}

// connectionSigns are said of every server in the world.
var connectionSigns = []sign{
	{when: "cannot assign requested address|eaddrnotavail", causes: []Cause{NetworkBlocked}},
	{ // a host of web sites that takes every connection to port 25 or 587 for itself
		when:   "esmtp exim & office365|smtp.gmail",
		causes: []Cause{NetworkBlocked},
	},
	{
		when: "connection refused|econnrefused|actively refused|connection was refused|verbindung verweigert|" +
			"verbindung wurde verweigert|verbindung wurde abgelehnt|verbindungsaufbau abgelehnt|" +
			"zielcomputer die verbindung verweigerte|expressément refusée|connexion refusée|denegó expresamente|" +
			"conexión rehusada|conexión denegada|recusaram ativamente|conexão recusada|rifiuto persistente|" +
			"connessione rifiutata|actief heeft geweigerd|verbinding is geweigerd|verbinding geweigerd|" +
			"aktywnie go odmawia|połączenie odrzucone|拒否されたため|接続を拒否|积极拒绝|拒绝连接|連線遭拒",
		causes: []Cause{NetworkBlocked},
	},
	{
		when: "network is unreachable|network is down|host is unreachable|host unreachable|network unreachable|" +
			"no route to host|enetunreach|ehostunreach|errno 113|errno 101|netzwerk ist nicht erreichbar|" +
			"kein weg zum host|réseau inaccessible|red es inaccesible",
		causes: []Cause{NetworkBlocked, DNSFailure},
	},
	{
		when: "timed out|timeout & read timed out|total session duration|readserverresponse|authenticating|greeting|" +
			"greeeting|waiting for response|reading|banner|read operation",
		causes: []Cause{ServerTimeout, NetworkBlocked, SMTPTLSModeMismatch},
	},
	{
		when: "timed out|etimedout|timeout|esockettimedout|time out|did not properly respond|nicht richtig reagiert|" +
			"zeitüberschreitung|zeitlimit|délai d'attente|n'a pas répondu|tiempo de espera|no respondió adecuadamente|" +
			"tempo limite|esgotado|não respondeu corretamente|timeout scaduto|non ha risposto correttamente|time-out|" +
			"niet juist geantwoord|limit czasu|タイムアウト|正しく応答しなかった|超时|逾時",
		causes: []Cause{NetworkBlocked, ServerTimeout},
	},
	{
		when: "econnreset|connection reset|connection aborted|remotely closed|forcibly closed|remote end closed|" +
			"server disconnected|unexpected eof|eof occurred|connection closed unexpectedly|" +
			"connection unexpectedly closed|connection was closed|verbindung wurde zurückgesetzt|" +
			"connexion réinitialisée|conexión restablecida",
		causes: []Cause{NetworkBlocked, ServerProtocolError},
	},
}

// unreachedSigns are what a program says of any server that it did not get to, whatever the reason.
var unreachedSigns = []sign{
	{
		when:   "transport could not establish a connection|transport failed to connect & 587|465",
		causes: []Cause{SMTPTLSModeMismatch, NetworkBlocked},
	},
	{
		when:   "transport could not establish a connection|transport failed to connect to",
		causes: []Cause{NetworkBlocked, SMTPTLSModeMismatch},
	},
	{
		when: "smtp connect() failed|could not connect to|cannot connect to|unable to connect|failed to connect|" +
			"failure to connect|connection failed|connection could not be established|" +
			"failed to establish a new connection|cannot be contacted|verbindung fehlgeschlagen|keine verbindung|" +
			"impossible de se connecter|no se puede conectar|não é possível conectar|impossibile connettersi|" +
			"kan geen verbinding|nie można połączyć|無法連線|无法连接|接続できません",
		causes: []Cause{NetworkBlocked, DNSFailure},
	},
	{
		when: "failure sending mail|sending the email to the following server failed|could not send message|" +
			"mail server connection failed",
		causes: []Cause{NetworkBlocked, SMTPTLSModeMismatch, WrongCredentials},
	},
	{when: "failed to refresh xoauth2 & (code: 0)", causes: []Cause{NetworkBlocked, DNSFailure}},
	{
		when: "socket error|eof|wouldblock|resource temporarily unavailable|unable to open connection|" +
			"connection broken|error in the pull function|connectionclosed|transport connection|0x800ccc0e|0x80042108|" +
			"0x80042109|0x800ccc0f|0x800ccc15|network_error|broken pipe|connection lost|lost connection|disconnected|" +
			"hung up|not connected|error connecting|no connection|refused the connection|appear to be offline|" +
			"connect error|fsockopen|stream_socket_client",
		causes: []Cause{NetworkBlocked, ServerProtocolError},
	},
	{when: "max retries exceeded", causes: []Cause{NetworkBlocked, ProxyMisconfigured}},
}
