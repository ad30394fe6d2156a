using System;
using System.Collections.Generic;

namespace Dsl.Generator.Networks.Planning;

/// <summary>Weights in the order that kernels want, made once a weight version and shared by every inference pass.</summary>
internal sealed class PreparedWeights
{
    private readonly Dictionary<string, Storage> byKey = new(StringComparer.Ordinal);
    private readonly List<Storage> storages = [];

    /// <summary>What makes them.</summary>
    public List<Operation> Operations { get; } = [];

    /// <summary>What was made, in the order of its first use.</summary>
    public IReadOnlyList<Storage> Storages => storages;

    /// <summary>The storage of a key, made at its first mention.</summary>
    public Storage Of(string key, string name, long floats, Action<Storage> make)
    {
        if (byKey.TryGetValue(key, out Storage storage))
            return storage;
        storage = new Storage(name, Home.Prepared, floats);
        storage.Touch(0);
        storage.Touch(int.MaxValue);
        byKey.Add(key, storage);
        storages.Add(storage);
        make(storage);
        return storage;
    }
}
