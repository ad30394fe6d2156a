using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dsl.Spark.Connect;

/// <summary>
/// Who vouches for servers over TLS: the system's certificate authorities, or those of the PEM file that GRPC_DEFAULT_SSL_ROOTS_FILE_PATH names, as for other clients of Spark Connect
/// (https://github.com/grpc/grpc/blob/master/doc/environment_variables.md).
/// </summary>
internal static class TrustedRoots
{
    public const string Variable = "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH";

    /// <summary>How certificates are judged; null where it is the system's affair.</summary>
    /// <exception cref="ArgumentException">The variable names no file with certificates.</exception>
    public static X509ChainPolicy? Policy()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path)
            return null;
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ArgumentException($"{Variable} names '{path}', which cannot be read as certificates in PEM: {error.Message}", error);
        }

        return policy.CustomTrustStore.Count > 0 ? policy : throw new ArgumentException($"{Variable} names '{path}', which has no certificate in PEM.");
    }
}
