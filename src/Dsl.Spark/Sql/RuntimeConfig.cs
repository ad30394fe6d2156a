using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql;

/// <summary>The session's settings (https://spark.apache.org/docs/latest/configuration.html#runtime-sql-configuration).</summary>
public sealed class RuntimeConfig
{
    private readonly SparkSession session;

    internal RuntimeConfig(SparkSession session) => this.session = session;

    /// <summary>Changes a setting.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="SparkException">It cannot be changed while Spark runs, or not to that.</exception>
    public Task SetAsync(string key, string value, CancellationToken cancellation = default)
    {
        ConfigRequest.Types.Set set = new();
        set.Pairs.Add(new KeyValue { Key = key, Value = value });
        return session.Client.ConfigAsync(new ConfigRequest.Types.Operation { Set = set }, cancellation);
    }

    /// <inheritdoc cref="SetAsync"/>
    public void Set(string key, string value) => SparkSession.Wait(SetAsync(key, value));

    /// <inheritdoc cref="SetAsync"/>
    public void Set(string key, bool value) => Set(key, value ? "true" : "false");

    /// <inheritdoc cref="SetAsync"/>
    public void Set(string key, long value) => Set(key, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A setting.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="SparkException">It is not set and has no value by default.</exception>
    public async Task<string> GetAsync(string key, CancellationToken cancellation = default)
    {
        ConfigRequest.Types.Get get = new();
        get.Keys.Add(key);
        return (await session.Client.ConfigAsync(new ConfigRequest.Types.Operation { Get = get }, cancellation).ConfigureAwait(false)).Pairs[0].Value;
    }

    /// <inheritdoc cref="GetAsync(string, CancellationToken)"/>
    public string Get(string key) => SparkSession.Wait(GetAsync(key));

    /// <summary>A setting, or another value where it is not set and has none by default.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="defaultValue">The other value.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<string?> GetAsync(string key, string? defaultValue, CancellationToken cancellation = default)
    {
        // GetWithDefault would refuse a value that the setting cannot have.
        ConfigRequest.Types.GetOption get = new();
        get.Keys.Add(key);
        KeyValue? pair = (await session.Client.ConfigAsync(new ConfigRequest.Types.Operation { GetOption = get }, cancellation).ConfigureAwait(false)).Pairs.FirstOrDefault();
        return pair is { HasValue: true } ? pair.Value : defaultValue;
    }

    /// <inheritdoc cref="GetAsync(string, string?, CancellationToken)"/>
    public string? Get(string key, string? defaultValue) => SparkSession.Wait(GetAsync(key, defaultValue));

    /// <summary>All settings that have a value.</summary>
    /// <param name="prefix">Those that start so, without it; null for all.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<IReadOnlyDictionary<string, string>> GetAllAsync(string? prefix = null, CancellationToken cancellation = default)
    {
        ConfigRequest.Types.GetAll all = new();
        if (prefix is not null)
            all.Prefix = prefix;
        return (await session.Client.ConfigAsync(new ConfigRequest.Types.Operation { GetAll = all }, cancellation).ConfigureAwait(false)).Pairs.ToDictionary(one => one.Key, one => one.Value);
    }

    /// <summary>Makes a setting what it is by default.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task UnsetAsync(string key, CancellationToken cancellation = default)
    {
        ConfigRequest.Types.Unset unset = new();
        unset.Keys.Add(key);
        return session.Client.ConfigAsync(new ConfigRequest.Types.Operation { Unset = unset }, cancellation);
    }

    /// <inheritdoc cref="UnsetAsync"/>
    public void Unset(string key) => SparkSession.Wait(UnsetAsync(key));
}
