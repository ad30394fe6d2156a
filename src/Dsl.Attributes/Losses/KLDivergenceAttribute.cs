using System;

namespace Dsl;

/// <summary>Σ target·(ln target - y) over the last dimension, where y are log-probabilities and targets probabilities; the mean over the rest (of steps, over own ones).</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class KLDivergenceAttribute : Attribute;
