using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <summary>
/// On a partial struct: what its interfaces ask for and it does not have is passed on to another backend, operation by operation. The code is generated
/// (tests/Dsl.Forwarding), so that a new operation needs no line here.
/// </summary>
/// <typeparam name="TInner">The backend that does the work.</typeparam>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class ForwardsAttribute<TInner> : Attribute
    where TInner : struct, IBackend;
