//! Functions and filters that say how long they took, for a build that is asked where its time goes.

use tera::{ArgFromValue, Filter, Function, FunctionResult, Kwargs, State, Tera};

use crate::profile::{Kind, Profile};

/// Takes functions and filters into Tera; they are timed when the build records.
pub(super) struct Registrar<'a> {
    pub(super) tera: &'a mut Tera,
    pub(super) profile: Profile,
}

struct Timed<F> {
    name: &'static str,
    profile: Profile,
    inner: F,
}

impl Registrar<'_> {
    pub(super) fn register_function<F, Res>(&mut self, name: &'static str, inner: F)
    where
        F: Function<Res>,
        Res: FunctionResult,
    {
        if self.profile.records() {
            self.tera.register_function(name, Timed { name, profile: self.profile.clone(), inner });
        } else {
            self.tera.register_function(name, inner);
        }
    }

    pub(super) fn register_filter<F, Arg, Res>(&mut self, name: &'static str, inner: F)
    where
        F: Filter<Arg, Res> + for<'v> Filter<<Arg as ArgFromValue<'v>>::Output, Res>,
        Arg: for<'v> ArgFromValue<'v>,
        Res: FunctionResult,
    {
        if self.profile.records() {
            self.tera.register_filter::<_, Arg, Res>(name, Timed { name, profile: self.profile.clone(), inner });
        } else {
            self.tera.register_filter::<_, Arg, Res>(name, inner);
        }
    }
}

impl<F: Function<Res>, Res: FunctionResult> Function<Res> for Timed<F> {
    fn call(&self, kwargs: Kwargs, state: &State) -> Res {
        self.profile.time(Kind::Function, self.name, "", || self.inner.call(kwargs, state))
    }

    fn is_safe(&self) -> bool {
        self.inner.is_safe()
    }
}

impl<F: Filter<Arg, Res>, Arg, Res: FunctionResult> Filter<Arg, Res> for Timed<F> {
    fn call(&self, value: Arg, kwargs: Kwargs, state: &State) -> Res {
        self.profile.time(Kind::Filter, self.name, "", || self.inner.call(value, kwargs, state))
    }

    fn is_safe(&self) -> bool {
        self.inner.is_safe()
    }
}
