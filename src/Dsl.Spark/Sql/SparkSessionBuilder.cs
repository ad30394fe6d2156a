using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace Dsl.Spark.Sql;

/// <summary>A session, by steps.</summary>
public sealed class SparkSessionBuilder
{
    private readonly Dictionary<string, string> settings = [];
    private string? remote;
    private string master = "local[*]";

    internal SparkSessionBuilder()
    {
    }

    /// <summary>The server; without it that of the environment variable SPARK_REMOTE, and without that one on this machine (<see cref="SparkSession.LocalAsync"/>).</summary>
    /// <param name="connection">As for <see cref="SparkSession.ConnectAsync(string, CancellationToken)"/>.</param>
    public SparkSessionBuilder Remote(string connection)
    {
        remote = connection;
        return this;
    }

    /// <summary>Where tasks run on this machine; without meaning for a server elsewhere.</summary>
    /// <param name="url">Such as <c>local[2]</c>.</param>
    public SparkSessionBuilder Master(string url)
    {
        master = url;
        return this;
    }

    /// <summary>The application's name.</summary>
    /// <param name="name">The name.</param>
    public SparkSessionBuilder AppName(string name) => Config("spark.app.name", name);

    /// <summary>A setting of the session.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">Its value.</param>
    public SparkSessionBuilder Config(string key, string value)
    {
        settings[key] = value;
        return this;
    }

    /// <inheritdoc cref="Config(string, string)"/>
    public SparkSessionBuilder Config(string key, bool value) => Config(key, value ? "true" : "false");

    /// <inheritdoc cref="Config(string, string)"/>
    public SparkSessionBuilder Config(string key, long value) => Config(key, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Connects, and starts a Spark where there is none to connect to.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<SparkSession> GetOrCreateAsync(CancellationToken cancellation = default)
    {
        string? target = remote ?? Environment.GetEnvironmentVariable("SPARK_REMOTE");
        if (string.IsNullOrEmpty(target))
            return await SparkSession.LocalAsync(master, settings, cancellation).ConfigureAwait(false);
        SparkSession session = await SparkSession.ConnectAsync(target, cancellation).ConfigureAwait(false);
        try
        {
            foreach ((string key, string value) in settings)
            {
                // The application is the server's, and has its name.
                if (key != "spark.app.name")
                    await session.Conf.SetAsync(key, value, cancellation).ConfigureAwait(false);
            }

            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc cref="GetOrCreateAsync"/>
    public SparkSession GetOrCreate() => SparkSession.Wait(GetOrCreateAsync());
}
