using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;

namespace Dsl.Spark.Connect;

/// <summary>
/// Where a Spark Connect server is and as whom to speak to it, as Spark documents it (https://github.com/apache/spark/blob/master/sql/connect/docs/client-connection-string.md):
/// <c>sc://host:port/;token=...;user_id=...;user_agent=...;use_ssl=true;session_id=...</c>. Other parameters are sent as headers of every call.
/// </summary>
internal sealed record ConnectionString
{
    private const string Scheme = "sc://";
    private const int DefaultPort = 15002;

    private ConnectionString(string host, int port)
    {
        Host = host;
        Port = port;
    }

    /// <summary>A name or an address; one of IPv6 in brackets.</summary>
    public string Host { get; }

    public int Port { get; }

    public string? Token { get; private init; }

    public string? UserId { get; private init; }

    public string? UserAgent { get; private init; }

    public string? SessionId { get; private init; }

    public bool UsesTls { get; private init; }

    /// <summary>What else goes with every call.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private init; } = new Dictionary<string, string>();

    public Uri Address => new($"{(UsesTls ? "https" : "http")}://{Host}:{Port.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Reads a connection string.</summary>
    /// <param name="text">Such as <c>sc://localhost</c>.</param>
    /// <exception cref="ArgumentException">It is none, or it would send a token where others can read it.</exception>
    public static ConnectionString Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            throw Wrong(text, "it must start with sc://, as in sc://localhost:15002");
        int end = text.IndexOfAny(['/', ';'], Scheme.Length);
        (string host, int port) = ParseAuthority(text, end < 0 ? text[Scheme.Length..] : text[Scheme.Length..end]);
        string rest = end < 0 ? "" : text[end..].TrimStart('/');
        if (rest.Length > 0 && (rest[0] != ';' || text[end] != '/'))
            throw Wrong(text, "behind host and port only parameters are known, as in sc://localhost:15002/;user_id=ada");
        Dictionary<string, string> headers = [];
        string? token = null, user = null, agent = null, session = null;
        bool? tls = null;
        foreach (string part in rest.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw Wrong(text, $"the parameter '{Shown(part)}' has no value; name=value is wanted");
            string name = part[..equals];
            string value = Uri.UnescapeDataString(part[(equals + 1)..]);
            switch (name)
            {
                case "token":
                    token = value;
                    break;
                case "user_id":
                    user = value;
                    break;
                case "user_agent":
                    agent = value;
                    break;
                case "session_id":
                    session = Guid.TryParse(value, out Guid id) ? id.ToString() : throw Wrong(text, $"session_id is '{value}'; a UUID is wanted, as 00112233-4455-6677-8899-aabbccddeeff");
                    break;
                case "use_ssl":
                    tls = bool.TryParse(value, out bool wants) ? wants : throw Wrong(text, $"use_ssl is '{value}'; true or false is wanted");
                    break;
                // A limit that gRPC libraries have and this client has not.
                case "grpc_max_message_size":
                    break;
                default:
                    headers[IsHeaderName(name) ? name : throw Wrong(text, $"'{name}' is no name of a header")] = value;
                    break;
            }
        }

        bool isLoopback = IsLoopback(host);
        if (token is not null && tls == false && !isLoopback)
            throw Wrong(text, $"it has a token, which would travel to {host} in clear: leave out use_ssl=false");
        return new ConnectionString(host, port)
        {
            Token = token,
            UserId = user,
            UserAgent = agent,
            SessionId = session,
            UsesTls = tls ?? (token is not null && !isLoopback),
            Headers = headers,
        };
    }

    private static (string Host, int Port) ParseAuthority(string text, string authority)
    {
        int colon = authority.LastIndexOf(':');
        // Colons within brackets are part of an address.
        if (colon >= 0 && authority.IndexOf(']', colon) >= 0)
            colon = -1;
        string host = colon < 0 ? authority : authority[..colon];
        int port = DefaultPort;
        if (colon >= 0 && !(int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and < 65536))
            throw Wrong(text, $"the port is '{authority[(colon + 1)..]}'; 1 to 65535 is wanted");
        return Uri.CheckHostName(host) == UriHostNameType.Unknown ? throw Wrong(text, $"the host is '{host}'; a name or an address is wanted, one of IPv6 in brackets") : (host, port);
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static bool IsHeaderName(string name)
    {
        foreach (char one in name)
        {
            if (!char.IsAsciiLetterOrDigit(one) && one is not ('-' or '_' or '.'))
                return false;
        }

        return true;
    }

    /// <summary>A parameter without what may be secret.</summary>
    private static string Shown(string part) => part.Length > 20 ? part[..20] + "..." : part;

    /// <summary>Names the address alone: what follows it may hold a token.</summary>
    private static ArgumentException Wrong(string text, string reason)
    {
        int end = text.IndexOf(';', StringComparison.Ordinal);
        return new ArgumentException($"'{(end < 0 ? text : text[..end] + ";...")}' is no connection string of Spark Connect: {reason}.");
    }
}
