using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading;

namespace Dsl.Pipelines.Trees;

/// <summary>The trees of several as models of their own. Each is made when it is first asked for: a forest that only predicts need not be in memory twice.</summary>
/// <typeparam name="TModel">What a tree is.</typeparam>
/// <param name="count">How many trees.</param>
/// <param name="make">Makes one.</param>
internal sealed class SingleTrees<TModel>(int count, Func<int, TModel> make) : IReadOnlyList<TModel>
    where TModel : class
{
    private readonly TModel?[] made = new TModel?[count];

    public int Count => made.Length;

    // Of threads that ask at once all get the same.
    public TModel this[int index] => Volatile.Read(ref made[index]) ?? (Interlocked.CompareExchange(ref made[index], make(index), null) ?? made[index]!);

    public IEnumerator<TModel> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
